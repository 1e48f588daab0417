using VoiceOrdering.Grains.Restaurants.Matching;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>Takes a line out of the cart.</summary>
internal sealed class RemoveLineTool : IOrderingTool
{
    public string Name => "remove_line";

    public string Description => "Takes a whole line out of the order.";

    public ToolSchema SchemaFor(MenuIndex menu, Limits limits) => new ToolSchema()
        .Text("line_id", "Id of the line in the cart, such as l1.")
        .Require("line_id");

    public async Task<ToolResult> RunAsync(ToolScene scene, ToolArguments arguments)
    {
        var lineId = arguments.Text("line_id");
        if (arguments.Fault is { } fault) return ToolResult.Refuse(Refusals.ToolArgumentsInvalid(fault));
        var removed = await scene.Cart.RemoveLineAsync(scene.Caller, scene.Change, lineId);
        if (!removed.IsOk) return ToolResult.Refuse(removed.Refusal);
        scene.Metrics.LineCorrected(scene.AcceptAt);
        return new ToolResult(ToolOutput.Done($"Removed. {LineSpeech.ReadBack(removed.Value)}", removed.Value)) { Changed = removed.Value };
    }
}
