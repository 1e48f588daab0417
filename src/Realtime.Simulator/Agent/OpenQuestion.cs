namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>A refused call whose missing part the caller was asked for; the answer completes the call and makes it again.</summary>
/// <param name="Call">The call as it was refused, or the search for an item that the caller's words left open.</param>
internal sealed record OpenQuestion(PlannedCall Call, string Code, string Text)
{
    private const string ItemUnsure = "ITEM_UNSURE";

    /// <summary>The call with the caller's answer, or null when the words answer something else.</summary>
    public PlannedCall? Complete(OrderAct act) => act switch
    {
        AddLine add when Call.Candidates.Count > 0 => Choose(add),
        AddLine add when add.Items.Count == 1 && add.Items[0] == Call.Item => Merge(add.Quantity, add.SizeId, add.Options, add.Without, add.Heard),
        ChangeLine change when Call.Item is not null => Answer(change),
        Steer { Cue: Cue.Yes or Cue.Submit } when Code == ItemUnsure && Call.Item is { } item => Call with { Heard = item.Name },
        _ => null,
    };

    private PlannedCall? Choose(AddLine add)
    {
        var chosen = add.Items.Where(Call.Candidates.Contains).ToList();
        return chosen.Count == 1
            ? new PlannedCall(ToolNames.AddItem)
            {
                Item = chosen[0],
                Quantity = Call.Quantity ?? add.Quantity ?? 1,
                SizeId = add.SizeId ?? Call.SizeId,
                Options = [.. Call.Options.Union(add.Options)],
                Without = [.. Call.Without.Union(add.Without)],
                Heard = add.Heard,
            }
            : null;
    }

    private PlannedCall? Answer(ChangeLine change)
    {
        // "six" after "six or twelve pieces?" names a size, not a count.
        var sized = change.Quantity is { } number ? Call.Item!.Sizes.FirstOrDefault(size => StartsWith(size, number)) : null;
        return Call.SizeId is null && sized is not null
            ? Merge(null, sized.Id, change.Options, change.Without, change.Heard)
            : Merge(change.Quantity, change.SizeId, change.Options, change.Without, change.Heard);
    }

    private static bool StartsWith(MenuSize size, int number) =>
        Tokens.Read(size.Name) is { Count: > 0 } words && NumberWords.Read(words, 0) is { Length: > 0 } first && first.Value == number;

    private PlannedCall Merge(int? quantity, string? sizeId, IReadOnlyList<string> options, IReadOnlyList<string> without, string heard) => Call with
    {
        Quantity = quantity ?? Call.Quantity,
        SizeId = sizeId ?? Call.SizeId,
        Options = Code == "OPTIONS_TOO_MANY" && options.Count > 0 ? options : [.. Call.Options.Except(without).Union(options)],
        Without = [.. Call.Without.Union(without).Except(options)],
        Heard = $"{Call.Heard} {heard}".Trim(),
    };
}
