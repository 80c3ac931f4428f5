"""Training and export of detectors. Needs the training extra; reads data sets from folders, whoever wrote them."""
