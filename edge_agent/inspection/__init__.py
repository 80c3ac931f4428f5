"""`oneflight inspect`: any drone's material through the whole path of perception, to findings, evidence and a report."""
