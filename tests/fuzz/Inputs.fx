/// Where a fuzzer's inputs come from.

extern effect Inputs =
  /// Gives each input to the function, which says whether all is well; if not, the program ends with a crash and names the input. Built with
  /// `-DFX_LIBFUZZER`, libFuzzer makes the inputs and reads the command line; otherwise they are the files of the folder that stands first on
  /// the command line, each as it is and in as many mutations as the second word says.
  each : (String -> Bool) -> Unit = "inputs_each"
