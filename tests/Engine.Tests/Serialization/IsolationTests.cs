using System.Collections.Immutable;
using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Serialization;

[Collection(EngineCollection.Name)]
public class IsolationTests(EngineFixture engine)
{
    [Fact]
    public async Task What_the_caller_changes_after_the_call_is_not_seen_by_the_grain()
    {
        var grain = engine.Grains.GetGrain<IKeepingGrain>(Gates.New("keeps"));
        var mine = new Basket { Owner = "ann", Lines = [new BasketLine("cola", 2)] };
        await grain.KeepAsync(mine);

        mine.Owner = "bob";
        mine.Lines.Add(new BasketLine("fries", 1));

        var kept = await grain.GetAsync();
        kept.Owner.ShouldBe("ann");
        kept.Lines.ShouldHaveSingleItem().Name.ShouldBe("cola");
    }

    [Fact]
    public async Task What_the_caller_changes_in_a_result_is_not_seen_by_the_grain()
    {
        var grain = engine.Grains.GetGrain<IKeepingGrain>(Gates.New("gives"));
        await grain.KeepAsync(new Basket { Owner = "ann" });

        await Task.Run(async () =>
        {
            for (var call = 0; call < 500; call++)
            {
                var given = await grain.GetAsync();
                given.Owner.ShouldBe("ann");
                given.Lines.Add(new BasketLine("mine", call));
                given.Owner = "changed";
            }
        });

        var again = await grain.GetAsync();
        again.Owner.ShouldBe("ann");
        again.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Immutable_values_are_passed_as_they_are()
    {
        var grain = engine.Grains.GetGrain<IKeepingGrain>(Gates.New("shares"));
        var fixedValue = new FixedValue("x", [1, 2]);

        ReferenceEquals(await grain.EchoFixedAsync(fixedValue), fixedValue).ShouldBeTrue();
    }

    [Fact]
    public async Task Shapes_of_all_kinds_arrive_whole()
    {
        var grain = engine.Grains.GetGrain<IKeepingGrain>(Gates.New("shapes"));
        var shape = Samples.Shape();

        var back = await grain.EchoAsync(shape);

        ReferenceEquals(back, shape).ShouldBeFalse();
        Samples.ShouldMatch(back, shape);
    }

    [Fact]
    public async Task One_object_that_is_reached_twice_stays_one_and_cycles_end()
    {
        var grain = engine.Grains.GetGrain<IKeepingGrain>(Gates.New("cycle"));
        var node = new RingNode { Name = "a" };
        node.Next = new RingNode { Name = "b", Next = node };

        var back = await grain.EchoRingAsync(node);

        back.ShouldNotBeSameAs(node);
        back.Next!.Name.ShouldBe("b");
        back.Next.Next.ShouldBeSameAs(back);
    }

    [Fact]
    public async Task A_type_without_a_serializer_is_refused_by_name()
    {
        var grain = engine.Grains.GetGrain<IKeepingGrain>(Gates.New("unmarked"));

        var failure = await Should.ThrowAsync<Exception>(() => grain.EchoObjectAsync(new Unmarked()));

        failure.ToString().ShouldContain(nameof(Unmarked));
    }
}

public interface IKeepingGrain : IGrainWithStringKey
{
    Task KeepAsync(Basket basket);

    Task<Basket> GetAsync();

    Task<FixedValue> EchoFixedAsync(FixedValue value);

    Task<Shape> EchoAsync(Shape value);

    Task<RingNode> EchoRingAsync(RingNode value);

    Task<object> EchoObjectAsync(object value);
}

public sealed class KeepingGrain : Grain, IKeepingGrain
{
    private Basket _basket = new();

    public Task KeepAsync(Basket basket)
    {
        _basket = basket;
        return Task.CompletedTask;
    }

    public Task<Basket> GetAsync() => Task.FromResult(_basket);

    public Task<FixedValue> EchoFixedAsync(FixedValue value) => Task.FromResult(value);

    public Task<Shape> EchoAsync(Shape value) => Task.FromResult(value);

    public Task<RingNode> EchoRingAsync(RingNode value) => Task.FromResult(value);

    public Task<object> EchoObjectAsync(object value) => Task.FromResult(value);
}

public sealed class Unmarked;

[GenerateSerializer, Alias("test.RingNode")]
public sealed class RingNode
{
    [Id(0)]
    public string Name { get; set; } = "";

    [Id(1)]
    public RingNode? Next { get; set; }
}

[GenerateSerializer, Alias("test.Basket")]
public sealed class Basket
{
    [Id(0)]
    public string Owner { get; set; } = "";

    [Id(1)]
    public List<BasketLine> Lines { get; set; } = [];
}

[GenerateSerializer, Alias("test.BasketLine"), Immutable]
public sealed record BasketLine([property: Id(0)] string Name, [property: Id(1)] int Quantity);

[GenerateSerializer, Alias("test.FixedValue"), Immutable]
public sealed record FixedValue([property: Id(0)] string Name, [property: Id(1)] ImmutableArray<int> Numbers);
