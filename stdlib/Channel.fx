/// Queues between tasks. A channel holds at most so many items; who sends into a full one waits, and so does who receives from an empty one.
///
/// ```fx
/// import Channel
/// import Console
/// import List
///
/// let main (_ : List String) : Unit ! {Console} =
///   let! numbers = Channel.make 2
///   let! _ = join (produce numbers [1, 2, 3, 4]) (consume numbers)
///   ret ()
///
/// let produce (numbers : Channel Int) (items : List Int) : Unit ! e =
///   do! List.iter_seq (fun item -> Channel.send_or_stop numbers item) items
///   Channel.close numbers
///
/// let consume (numbers : Channel Int) : Unit ! {Console} =
///   match! Channel.receive numbers
///   | None -> Console.print_line "that was all"
///   | Some number ->
///     do! Console.print_line "\(number)"
///     consume numbers
/// ```

/// A queue of items between tasks.
extern type Channel a

/// A channel that holds at most so many items. With 0 who sends waits until someone receives.
extern let make : Int -> Channel a ! e = "fx_channel_make"

/// Puts an item at the end, waiting while the channel is full. False: the channel is closed, and the item was not sent.
extern let send : Channel a -> a -> Bool ! e = wait "fx_channel_send_take"

/// `send`, not looking at the outcome.
let send_or_stop (channel : Channel a) (item : a) : Unit ! e =
  let! _ = send channel item
  ret ()

/// Takes the item at the front, waiting while there is none. None: the channel is closed and empty.
extern let receive : Channel a -> Option a ! e = wait "fx_channel_receive"

/// What `receive` would answer if that needs no waiting.
extern let try_receive : Channel a -> Option a ! e = "fx_channel_try_receive"

/// Nothing more will be sent: those who wait to send get False, those who wait to receive get None. Closing twice does nothing.
extern let close : Channel a -> Unit ! e = "fx_channel_close"

/// How many items it holds now.
extern let length : Channel a -> Int ! e = "fx_channel_length"
