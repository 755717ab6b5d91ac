"""Room 6: what a stored fact means on the day of the scan. Facts, rule files and a date in; rulings out."""
