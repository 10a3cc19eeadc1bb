module certmimic

go 1.19
