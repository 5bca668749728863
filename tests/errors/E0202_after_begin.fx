let f x = begin
  x + 1
end
