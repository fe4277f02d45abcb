using SysMaster.ExecutorSmoke;

// Usage: smoke EXECUTOR [bench N]: see README.md.
if (args.Length >= 3 && args[1] == "bench") { return Bench.Run(args[0], int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture)); }
return Cases.Run(args[0], args.Length > 1 ? args[1] : "");
