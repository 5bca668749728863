let path = "C:\folder"
