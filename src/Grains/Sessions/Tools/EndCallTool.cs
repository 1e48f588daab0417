using VoiceOrdering.Grains.Restaurants.Matching;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>Asks the bridge to hang up after the last words.</summary>
internal sealed class EndCallTool : IOrderingTool
{
    public string Name => "end_call";

    public string Description => "Ends the call after you said goodbye. Only when the customer is done.";

    public ToolSchema SchemaFor(MenuIndex menu, Limits limits) => new ToolSchema()
        .Text("reason", "Why the call is over, in a few words.")
        .Require("reason");

    public Task<ToolResult> RunAsync(ToolScene scene, ToolArguments arguments)
    {
        _ = arguments.Text("reason");
        return Task.FromResult(arguments.Fault is { } fault
            ? ToolResult.Refuse(Refusals.ToolArgumentsInvalid(fault))
            : new ToolResult(ToolOutput.Done("Goodbye.")) { EndsCall = true });
    }
}
