"""Neural networks only: registry and cards, runtime, training, evaluation, weights."""
