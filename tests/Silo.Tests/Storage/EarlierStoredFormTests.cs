using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Serialization;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>What databases hold that were written before the stored form had its second version.</summary>
public sealed class EarlierStoredFormTests
{
    private const string Written =
        "010201012C000000030010746573742E5370656369616C5061727402010300000002016102010000000200010300000002016E00024F000000020203000F53797374656D2E537472696E675B5D010201" +
        "7803003053797374656D2E436F6C6C656374696F6E732E47656E657269632E4C69737460313C53797374656D2E537472696E673E01020179030A00000002010206736861726564040200000001050506" +
        "00000003030102017A00";

    [Fact]
    public void A_state_in_the_first_form_is_read()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleans(silo => silo.UseLocalhostClustering());
        using var host = builder.Build();
        var serializer = host.Services.GetRequiredService<Serializer>();

        var shelf = serializer.Deserialize<EarlierShelf>(Convert.FromHexString(Written));

        shelf.First.ShouldBe(new EarlierSpecialPart("a", 1, "n"));
        shelf.Gone.ShouldBe([["x"], ["y"]]);
        shelf.Left.ShouldBe(["shared"]);
        shelf.Right.ShouldBeSameAs(shelf.Left);
        shelf.Labels.ShouldBe(["z"]);
        serializer.Deserialize<EarlierShelf>(serializer.SerializeToArray(shelf)).Right.ShouldBe(["shared"]);
    }
}

/// <summary>As it was when it was written.</summary>
[GenerateSerializer, Alias("test.Shelf1")]
public sealed class EarlierShelf
{
    [Id(0)] public object? First { get; set; }
    [Id(1)] public List<IReadOnlyList<string>> Gone { get; set; } = [];
    [Id(2)] public List<string> Left { get; set; } = [];
    [Id(3)] public List<string> Right { get; set; } = [];
    [Id(4)] public IReadOnlyList<string> Labels { get; set; } = [];
}

[GenerateSerializer, Alias("test.Part")]
public record EarlierPart([property: Id(0)] string Name, [property: Id(1)] int Count);

[GenerateSerializer, Alias("test.SpecialPart")]
public sealed record EarlierSpecialPart(string Name, int Count, [property: Id(0)] string Note) : EarlierPart(Name, Count);
