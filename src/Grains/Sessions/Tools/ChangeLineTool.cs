using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Restaurants.Matching;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>Changes a line of the cart.</summary>
internal sealed class ChangeLineTool : IOrderingTool
{
    public string Name => "change_line";

    public string Description => "Changes a line that is already in the order: how many, the size, options to add or to leave off. "
        + "Only what is given changes. To take a line out use remove_line.";

    public ToolSchema SchemaFor(MenuIndex menu, Limits limits) => new ToolSchema()
        .Text("line_id", "Id of the line in the cart, such as l1.")
        .Integer("quantity", 1, limits.QuantityPerLine, "How many there shall be.")
        .OneOf("size", MenuValues.Sizes(menu), "Id of the new size.")
        .SomeOf("options", MenuValues.Options(menu), "Ids of options to add; in a group of which one can be chosen it takes the place of the old one.")
        .SomeOf("without", MenuValues.Options(menu), "Ids of options to take off, chosen or default.")
        .AmountsOf("amounts", MenuValues.Options(menu), "How much of an option there shall be; regular takes an earlier amount back.")
        .Texts("requests", limits.RequestsPerLine, limits.RequestCharacters, "All wishes about what is none of its options, in place of the earlier ones; an empty list takes them off.")
        .Text("heard", "The customer's own words for this change, as you heard them.")
        .Require("line_id", "heard");

    public async Task<ToolResult> RunAsync(ToolScene scene, ToolArguments arguments)
    {
        var lineId = arguments.Text("line_id");
        var patch = new LinePatch
        {
            Quantity = arguments.OptionalInteger("quantity"),
            Size = arguments.OptionalText("size"),
            AddOptions = arguments.Texts("options"),
            RemoveOptions = arguments.Texts("without"),
            Amounts = arguments.Amounts("amounts"),
            Requests = arguments.Has("requests") ? arguments.Texts("requests") : null,
            Heard = arguments.Text("heard"),
        };
        if (arguments.Fault is { } fault) return ToolResult.Refuse(Refusals.ToolArgumentsInvalid(fault));
        if (patch.Quantity < 1) return ToolResult.Refuse(Refusals.QuantityInvalid());
        if (patch is { Quantity: null, Size: null, AddOptions.Count: 0, RemoveOptions.Count: 0, Amounts.Count: 0, Requests: null })
            return ToolResult.Refuse(Refusals.ToolArgumentsInvalid("nothing to change is given."));
        var changed = await scene.Cart.ChangeLineAsync(scene.Caller, scene.Change, lineId, patch);
        if (!changed.IsOk) return ToolResult.Refuse(changed.Refusal);
        scene.Metrics.LineCorrected(scene.AcceptAt);
        var line = changed.Value.Lines.FirstOrDefault(line => line.LineId == lineId);
        var say = line is null ? LineSpeech.ReadBack(changed.Value) : $"Now it is {LineSpeech.Describe(line)}.{AllergenSpeech.After(changed.Value, line)}";
        return new ToolResult(ToolOutput.Done(say, changed.Value)) { Changed = changed.Value };
    }
}
