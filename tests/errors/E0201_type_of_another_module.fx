import Map

type Store = Map.Map String Int

let size (store : Store) : Int = Map.size store
