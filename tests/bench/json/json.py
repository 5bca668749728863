#!/usr/bin/env python3
# Reads what it has written, and writes that again; the reader and writer of its library are in C.
import json


def record(n):
    return {
        "id": n, "name": f'item {n} of "many"', "price": n / 8.0, "tags": ["alpha", "two words", "größer"],
        "parent": None if n % 3 == 0 else n // 3, "active": n % 2 == 0,
    }


def write(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


text = write([record(n) for n in range(1, 100_001)])
print(len(text.encode()), write(json.loads(text)) == text)
