/// A radius that is never negative: only `make` makes one.
opaque type Circle = Circle Int

let make (radius : Int) : Option Circle = if radius < 0 then None else Some (Circle radius)

let area (circle : Circle) : Int =
  match circle
  | Circle radius -> square radius * about_pi

let unit : Circle = Circle 1

private let square n = n * n

private let about_pi = 3
