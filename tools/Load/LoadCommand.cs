using System.CommandLine;
using VoiceOrdering.Load.Orders;
using VoiceOrdering.Load.Orders.Invariants;

namespace VoiceOrdering.Load;

/// <summary>The command line of <c>./vo load</c>.</summary>
internal static class LoadCommand
{
    public static Task<int> RunAsync(string[] arguments)
    {
        var seed = new Option<int?>("--seed") { Description = "Replays the plan of an earlier run; drawn and printed when left out." };
        var count = new Option<int>("--orders") { Description = "Orders (1–100000).", DefaultValueFactory = _ => 1_000 };
        var restaurants = new Option<int>("--restaurants") { Description = "Restaurants, each with a point of sale (1–200).", DefaultValueFactory = _ => 20 };
        var minutes = new Option<double>("--minutes") { Description = "Time over which the orders are spread (0.1–600).", DefaultValueFactory = _ => 1 };
        var kills = new Option<int>("--kills") { Description = "How often the process is killed and started again (0–1000).", DefaultValueFactory = _ => 8 };
        var outages = new Option<int>("--outages") { Description = "How often a point of sale is dead for a while (0–10000).", DefaultValueFactory = _ => 40 };
        var orders = new Command("orders", "Places orders while the process and the points of sale die at random, then checks that every one arrived exactly once, at the right place, at the right price.")
        {
            seed, count, restaurants, minutes, kills, outages,
        };
        orders.SetAction((parse, cancellationToken) => RunOrdersAsync(
            new OrderLoad(
                parse.GetValue(seed) ?? Environment.TickCount & 0xFFFFFF, Math.Clamp(parse.GetValue(count), 1, 100_000), Math.Clamp(parse.GetValue(restaurants), 1, 200),
                TimeSpan.FromMinutes(Math.Clamp(parse.GetValue(minutes), 0.1, 600)))
            {
                Kills = Math.Clamp(parse.GetValue(kills), 0, 1_000),
                Outages = Math.Clamp(parse.GetValue(outages), 0, 10_000),
            },
            cancellationToken));
        return new RootCommand("Loads VoiceOrdering and checks what came of it.") { orders }.Parse(arguments).InvokeAsync();
    }

    private static async Task<int> RunOrdersAsync(OrderLoad load, CancellationToken cancellationToken)
    {
        await Console.Out.WriteLineAsync($"seed {load.Seed}: {load.Orders} orders, {load.Restaurants} restaurants, {load.Spread.TotalSeconds:0} s, {load.Kills} kills, {load.Outages} outages");
        await using var simulation = new OrderSimulation(OrderPlan.From(load), Console.Out);
        var record = await simulation.RunAsync(cancellationToken);
        var violations = OrderInvariants.All.SelectMany(invariant => invariant.Violations(record).Select(violation => $"{invariant.Name}: {violation}")).ToList();
        await Console.Out.WriteLineAsync(record.Summary());
        foreach (var violation in violations.Take(50))
        {
            await Console.Out.WriteLineAsync($"  VIOLATED {violation}");
        }

        await Console.Out.WriteLineAsync(violations.Count == 0
            ? $"held: {string.Join(", ", OrderInvariants.All.Select(invariant => invariant.Name))}"
            : $"{violations.Count} violations; --seed {load.Seed} replays the plan");
        return violations.Count == 0 ? 0 : 1;
    }
}
