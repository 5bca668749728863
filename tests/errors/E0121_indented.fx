  let port = 8000
