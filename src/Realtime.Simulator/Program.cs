using VoiceOrdering.Realtime.Simulator.Hosting;

return await SimulatorCommand.Create().Parse(args).InvokeAsync();
