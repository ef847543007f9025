-- Says of which area of before the one row is. $1 is that area.
UPDATE arrived SET predecessor_id = $1
