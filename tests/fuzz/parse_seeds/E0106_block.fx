let page = """
  <h1>Hello</h1>

let port = 8000
