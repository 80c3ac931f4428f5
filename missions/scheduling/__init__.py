"""The numbers of scheduling: which jobs are flown in which trips, by whom and when. Pure, and knows no drones."""
