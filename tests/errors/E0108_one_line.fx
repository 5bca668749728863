let verse = """Roses are red"""
