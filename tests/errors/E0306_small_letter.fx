let Limit = 1

let sum : Int =
  let Step = 2
  Limit + Step
