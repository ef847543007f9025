SELECT DISTINCT indicator, period FROM arrived LIMIT $1
