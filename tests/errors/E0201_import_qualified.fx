import qualified Map as Map
