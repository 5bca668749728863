type Drink = Tea | Coffee Int

let price (drink : Drink) : Int =
  match drink
  | tea -> 250
  | coffee shots -> 200 + 60 * shots
