SELECT DISTINCT period, period FROM arrived LIMIT $1
