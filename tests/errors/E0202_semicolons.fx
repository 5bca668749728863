use std::io;

fn main() {
    println!("Hello");
}
