let bell = "ding"
