import Private (secret)

let a = secret
