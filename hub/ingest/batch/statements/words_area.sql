SELECT DISTINCT area, period FROM arrived LIMIT $1
