using System.Collections.Immutable;

namespace VoiceOrdering.Engine.Tests.Serialization;

public enum Size : byte
{
    Small,
    Large = 200,
}

[GenerateSerializer, Alias("test.ShapeBase")]
public abstract class ShapeBase
{
    [Id(0)]
    private int _hidden;

    [Id(1)]
    public string BaseName { get; init; } = "";

    public int Hidden => _hidden;

    public void Hide(int value) => _hidden = value;
}

[GenerateSerializer, Alias("test.Shape")]
public sealed class Shape : ShapeBase
{
    [Id(0)]
    public required int Number { get; init; }

    [Id(1)]
    public int? Maybe { get; set; }

    [Id(2)]
    public Size Size { get; set; }

    [Id(3)]
    public Dictionary<string, List<decimal>> Prices { get; set; } = [];

    [Id(4)]
    public IReadOnlyList<Part> Parts { get; set; } = [];

    [Id(5)]
    public ImmutableDictionary<int, string> Names { get; set; } = ImmutableDictionary<int, string>.Empty;

    [Id(6)]
    public (int Left, string Right) Pair { get; set; }

    [Id(7)]
    public DateTimeOffset At { get; set; }

    [Id(8)]
    public Holder<Part>? Held { get; set; }

    [Id(9)]
    public Part? Derived { get; set; }

    [Id(10)]
    public byte[] Bytes { get; set; } = [];

    [Id(11)]
    public HashSet<string> Words { get; set; } = [];

    [Id(12)]
    public Dot Dot { get; set; }

    [Id(13)]
    public object? Anything { get; set; }

    [Id(14)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Forms { get; set; } = new Dictionary<string, IReadOnlyList<string>>();
}

[GenerateSerializer, Alias("test.Part")]
public record Part([property: Id(0)] string Name, [property: Id(1)] int Count);

[GenerateSerializer, Alias("test.SpecialPart")]
public sealed record SpecialPart(string Name, int Count, [property: Id(0)] string Note) : Part(Name, Count);

[GenerateSerializer, Alias("test.Holder`1")]
public sealed record Holder<T>([property: Id(0)] T Value);

[GenerateSerializer, Alias("test.Dot")]
public readonly record struct Dot([property: Id(0)] int X, [property: Id(1)] int Y);

internal static class Samples
{
    public static Shape Shape()
    {
        var shape = new Shape
        {
            Number = -7,
            BaseName = "base",
            Maybe = 12,
            Size = Size.Large,
            Prices = new() { ["cola"] = [1.25m, 2.50m], ["none"] = [] },
            Parts = [new Part("a", 1), new SpecialPart("b", 2, "note")],
            Names = ImmutableDictionary<int, string>.Empty.Add(3, "three"),
            Pair = (4, "right"),
            At = new DateTimeOffset(2026, 11, 20, 12, 30, 0, TimeSpan.FromHours(2)),
            Held = new Holder<Part>(new Part("held", 5)),
            Derived = new SpecialPart("c", 3, "derived"),
            Bytes = [1, 2, 255],
            Words = new(StringComparer.OrdinalIgnoreCase) { "Cola" },
            Dot = new Dot(8, 9),
            Anything = new List<object> { 1, "two", 3.0 },
            Forms = new Dictionary<string, IReadOnlyList<string>> { ["es"] = ["hamburguesa", "burger"], ["de"] = [] },
        };
        shape.Hide(99);
        return shape;
    }

    public static void ShouldMatch(Shape back, Shape shape)
    {
        back.Forms["es"].ShouldBe(shape.Forms["es"]);
        back.Forms.Count.ShouldBe(shape.Forms.Count);
        back.Number.ShouldBe(shape.Number);
        back.BaseName.ShouldBe(shape.BaseName);
        back.Hidden.ShouldBe(shape.Hidden);
        back.Maybe.ShouldBe(shape.Maybe);
        back.Size.ShouldBe(shape.Size);
        back.Prices["cola"].ShouldBe(shape.Prices["cola"]);
        back.Prices["none"].ShouldBeEmpty();
        back.Parts.ShouldBe(shape.Parts);
        back.Names[3].ShouldBe("three");
        back.Pair.ShouldBe(shape.Pair);
        back.At.ShouldBe(shape.At);
        back.Held.ShouldBe(shape.Held);
        back.Derived.ShouldBe(shape.Derived);
        back.Bytes.ShouldBe(shape.Bytes);
        back.Words.ShouldContain("COLA");
        back.Words.Contains("cOLA").ShouldBeTrue();
        back.Dot.ShouldBe(shape.Dot);
        ((List<object>)back.Anything!).ShouldBe((List<object>)shape.Anything!);
    }

    public static ShelfVersion1 Shelf()
    {
        var shared = new List<string> { "shared" };
        return new ShelfVersion1 { First = new SpecialPart("a", 1, "n"), Gone = [new[] { "x" }, new List<string> { "y" }], Left = shared, Right = shared, Labels = new List<string> { "z" } };
    }
}

/// <summary>What a later program no longer knows all of: members that share objects and type names.</summary>
[GenerateSerializer, Alias("test.Shelf1")]
public sealed class ShelfVersion1
{
    [Id(0)] public object? First { get; set; }
    [Id(1)] public List<IReadOnlyList<string>> Gone { get; set; } = [];
    [Id(2)] public List<string> Left { get; set; } = [];
    [Id(3)] public List<string> Right { get; set; } = [];
    [Id(4)] public IReadOnlyList<string> Labels { get; set; } = [];
}

/// <summary>The same without <c>Gone</c>.</summary>
[GenerateSerializer, Alias("test.Shelf2")]
public sealed class ShelfVersion2
{
    [Id(0)] public object? First { get; set; }
    [Id(2)] public List<string> Left { get; set; } = [];
    [Id(3)] public List<string> Right { get; set; } = [];
    [Id(4)] public IReadOnlyList<string> Labels { get; set; } = [];
}
