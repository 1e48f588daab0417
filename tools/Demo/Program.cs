using System.CommandLine;
using VoiceOrdering.Demo;

var codec = new Option<string?>("--codec") { Description = "Force the browser's codec: opus or pcmu." };
codec.AcceptOnlyFromAmong("opus", "pcmu");
var output = new Option<DirectoryInfo>("--out") { Description = "Where the screenshots go.", DefaultValueFactory = _ => new DirectoryInfo("data/demo") };
var root = new RootCommand("Lets a headless Chromium order by voice and shows what happens.") { codec, output };
root.SetAction((parse, _) => VoiceDemo.RunAsync(parse.GetValue(output)!, parse.GetValue(codec)));
return await root.Parse(args).InvokeAsync();
