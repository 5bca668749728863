#include <stdio.h>
let x = 1
