let name = 'Ada'
