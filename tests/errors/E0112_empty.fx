let nothing = ''
