SELECT DISTINCT facility, period FROM arrived LIMIT $1
