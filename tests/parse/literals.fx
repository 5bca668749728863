let units = ((), [], (a), (a, b, c), [a], [a, b,])
let text = "tab\t quote\" back\\ nul\0 byte\x7f smile\u{1F600}"
let greeting = "Hello \(name), \(greet "you \(n + 1)" (x)) and \("text")!"
let empty = ""
let only = "\(a)\(b)"
let page = """
  <ul>
    \(List.map (fun x -> "<li>\(x)</li>") items)
  </ul>
  """
let chars = ['a', '\n', '\'', '\\', '"', 'é', '\u{1F600}']
