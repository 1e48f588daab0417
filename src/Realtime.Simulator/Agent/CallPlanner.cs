namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>Turns the edits of a sentence into function calls, against the cart as the tools last told it.</summary>
internal sealed class CallPlanner(Menu menu, CartSnapshot cart, string? lastLineId)
{
    private readonly List<PlannedCall> _calls = [];

    /// <summary>False when an edit names a line that the cart does not have.</summary>
    public bool FoundEveryLine { get; private set; } = true;

    public IReadOnlyList<PlannedCall> Plan(IEnumerable<OrderAct> acts)
    {
        foreach (var act in acts)
        {
            switch (act)
            {
                case AddLine add:
                    _calls.Add(PlanAddition(add));
                    break;
                case ChangeLine change:
                    PlanChange(change);
                    break;
                case RemoveLine remove:
                    PlanRemoval(remove);
                    break;
                case ReplaceLine replace:
                    PlanReplacement(replace);
                    break;
            }
        }

        return _calls;
    }

    public static PlannedCall PlanAddition(AddLine add) => add.Items.Count == 1
        ? new PlannedCall(ToolNames.AddItem)
        {
            Item = add.Items[0],
            Quantity = add.Quantity ?? 1,
            SizeId = add.SizeId,
            Options = add.Options,
            Without = add.Without,
            Heard = add.Heard,
        }
        : new PlannedCall(ToolNames.SearchMenu)
        {
            Query = add.Heard,
            Candidates = add.Items,
            Quantity = add.Quantity,
            SizeId = add.SizeId,
            Options = add.Options,
            Without = add.Without,
            Heard = add.Heard,
        };

    private void PlanChange(ChangeLine change)
    {
        // "a cola, make that two": the line is not in the cart yet, so its call is changed before it is made.
        var fresh = _calls.FindLastIndex(call => call.Tool == ToolNames.AddItem && call.Item is not null && (change.Line.Items.Count == 0 || change.Line.Items.Contains(call.Item)));
        if (fresh >= 0)
        {
            var call = _calls[fresh];
            _calls[fresh] = call with
            {
                Quantity = change.Quantity ?? (call.Quantity ?? 1) + change.QuantityDelta,
                SizeId = change.SizeId ?? call.SizeId,
                Options = [.. call.Options.Except(change.Without), .. change.Options],
                Without = [.. call.Without.Except(change.Options), .. change.Without.Except(call.Options)],
                Heard = $"{call.Heard}, {change.Heard}",
            };
            return;
        }

        if (FindLine(change.Line, change.SizeId, [.. change.Options, .. change.Without]) is not { } line)
        {
            FoundEveryLine = false;
            return;
        }

        var item = menu.Find(line.ItemId);
        _calls.Add(new PlannedCall(ToolNames.ChangeLine)
        {
            Item = item,
            LineId = line.LineId,
            Quantity = change.Quantity ?? (change.QuantityDelta == 0 ? null : line.Quantity + change.QuantityDelta),
            SizeId = change.SizeId is null || item is null ? change.SizeId : MenuEquivalents.FindSize(menu, item, change.SizeId) ?? change.SizeId,
            Options = Translate(item, change.Options),
            Without = Translate(item, change.Without),
            Heard = change.Heard,
        });
    }

    private IReadOnlyList<string> Translate(MenuItem? item, IReadOnlyList<string> options) =>
        item is null ? options : [.. options.Select(id => MenuEquivalents.FindOption(menu, item, id) ?? id)];

    private void PlanRemoval(RemoveLine remove)
    {
        if (FindLine(remove.Line, null, []) is not { } line)
        {
            FoundEveryLine = false;
        }
        else if (remove.Quantity is { } count && count < line.Quantity)
        {
            _calls.Add(new PlannedCall(ToolNames.ChangeLine) { LineId = line.LineId, Quantity = line.Quantity - count, Heard = remove.Heard });
        }
        else
        {
            _calls.Add(new PlannedCall(ToolNames.RemoveLine) { LineId = line.LineId });
        }
    }

    private void PlanReplacement(ReplaceLine replace)
    {
        var old = FindLine(replace.Line, null, []);
        if (old is not null)
        {
            _calls.Add(new PlannedCall(ToolNames.RemoveLine) { LineId = old.LineId });
        }

        _calls.Add(PlanAddition(replace.Replacement with { Quantity = replace.Replacement.Quantity ?? old?.Quantity }));
    }

    /// <summary>The named line, the one spoken of last when it can take the change, else the latest that can.</summary>
    private CartSnapshotLine? FindLine(LineReference reference, string? sizeId, IReadOnlyList<string> options)
    {
        if (reference.Items.Count > 0)
        {
            return cart.Lines.LastOrDefault(line => reference.Items.Any(item => item.Id == line.ItemId));
        }

        var last = cart.Lines.FirstOrDefault(line => line.LineId == lastLineId) ?? (cart.IsEmpty ? null : cart.Lines[^1]);
        if (last is null || CanTake(last, sizeId, options))
        {
            return last;
        }

        return cart.Lines.LastOrDefault(line => CanTake(line, sizeId, options)) ?? last;
    }

    private bool CanTake(CartSnapshotLine line, string? sizeId, IReadOnlyList<string> options) =>
        menu.Find(line.ItemId) is { } item
        && (sizeId is null || MenuEquivalents.FindSize(menu, item, sizeId) is not null)
        && options.All(id => MenuEquivalents.FindOption(menu, item, id) is not null);
}
