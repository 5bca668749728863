let plain = "a\n\t\r\\\"\'\0\x41\u{1F600}"
let nested = "a \(f "b \(g (c)) d" (e)) h"
let block = """
    <ul>
      <li>\(item)</li>

    </ul>   
  """
let flush = """
  one \\
  """
let trailing = """
  no line end"""
let quotes = """
  "" \""" \\
  """
let chars = ('a', '\'', '\n', '"', '\x41', '\u{e9}', 'é')
