"""Whether a labelled data set is fit to train or measure on."""
