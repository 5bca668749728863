import { map } from "List"
import "List"
