return await VoiceOrdering.Api.Hosting.ApiProcess.RunAsync(args, Console.Out, Console.Error);
