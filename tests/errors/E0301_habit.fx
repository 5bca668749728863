import Maybe
