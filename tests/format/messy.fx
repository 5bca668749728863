

/// What the module is.


import String
import   Console
import List(map,filter)   // two of it
import Error

import Time   as Clock
import Task

type Size={width:Float,height:Float}
type   Shape   =
    | Circle   Float   // round


    | Box Size
    /// Nothing.
    | Dot
opaque type Id=Id Int
alias Web={Time , Console}
alias Handler=Int->Unit!{  Web  }
effect Store e=
    get:String->Option String
    /// Puts.
    put : String ->e->Unit
cell   Hits:Int=0
extern let sqrt:Float->Float="fx_float_sqrt"



// ---- a section ----
let area (shape:Shape):Float=
    match shape with
        | Circle r->3.14*r*r
        | Box {width,height=h}->width*h
        | Dot->0.0   
let negative (n : Int)=- n+ -1-(-n) - -n
let minus = - -5
let at_start (n : Int) : Int =
    -(n)
let list=[ 1,2 , 3 ]
let below =
    [ 1
    , 2
    ]
let empty = ([ ],( ),{ list with  head = 1 })
let row (c:Unit!{}) (d : Unit ! {Time|e}):Unit!{ Time|e }=d
let record={first=1,second={third=( 2,3 )}}
let text="a  \(  1+2  ) \(match x with  | _->1)  b" ++"""
        block   
      of  \(
   list
   )
    """
let field=record.second . third
let   pipe =
    list
      |> map (fun x->x+1)
      |>filter (fun x->x>1&&x<3||not(x==2))
let long (first : Int)
         (second : Int) : Int =
    first ::  [ second ]
        |> List.sum
let nested x y =
    match x
    | Some a -> match y
                | Some b -> a+b
                | None -> a
    | None when (fun z -> z) True ->
        do! f
    // for the next
            // deeper
    | None -> List.iter (fun n ->
            do! g n
            h n)

let inline x = match x with | A -> 1
                            | B -> 2
let kept = match { record with first = 2 } with | _ -> handle match x with | _ -> c with | ret y -> ret y
let main (_:List String):Unit!{Console}=
    if list==[] then do! a
    else
            let! (x,y) = a and! z=b
            let! c=d
            and! e=f
            handle c with
            | ret x->ret x
            | ctl Store.get key resume -> resume (Some key)
            |  Store.put _ _->
                ret()
test "t" (n:Int) when n>0=n==n
spec runs_it (name:String)=
    main [] runs
        join
            Console.print_line "a"=>()
        and
            left
                Clock.sleep 5=>()
            losing
                Console.read_line=>None
        for x in list
            use other x
        match name with
        | "a"->
        | _->
            Console.print_line name=>()
    returns ()
// the end
       // of it
    // no line end