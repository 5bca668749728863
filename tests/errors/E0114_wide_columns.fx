let greeting = ("日本語", "é") + )
