using System.CommandLine;
using System.Reflection;
using VoiceOrdering.Bench;

var group = new Argument<string[]>("group") { Description = "Groups to run; none runs all.", Arity = ArgumentArity.ZeroOrMore };
var seconds = new Option<double>("--seconds") { Description = "Measuring time of one case (0.1–60 s).", DefaultValueFactory = _ => 3 };
var output = new Option<DirectoryInfo>("--out") { Description = "Where the JSON goes.", DefaultValueFactory = _ => new DirectoryInfo("data/bench") };
var data = new Option<DirectoryInfo?>("--data") { Description = "Folder of people's orders, for the group 'match' alone; see docs/reference/benchmarks.md." };
var root = new RootCommand("Measures VoiceOrdering on this machine; prints tables and leaves JSON.") { group, seconds, output, data };
root.SetAction((parse, cancellationToken) => BenchRun.RunAsync(
    Assembly.GetExecutingAssembly(),
    new BenchRequest(parse.GetValue(group)!, TimeSpan.FromSeconds(Math.Clamp(parse.GetValue(seconds), 0.1, 60)), parse.GetValue(output)!, parse.GetValue(data)?.FullName),
    cancellationToken));
return await root.Parse(args).InvokeAsync();
