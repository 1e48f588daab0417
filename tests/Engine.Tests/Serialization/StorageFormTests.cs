using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Serialization;

/// <summary>The bytes that state is stored as, through Orleans' public serializer.</summary>
[Collection(EngineCollection.Name)]
public sealed class StorageFormTests(EngineFixture engine)
{
    private Serializer Serializer => engine.Cluster.GetSiloServiceProvider().GetRequiredService<Serializer>();

    [Fact]
    public void Everything_comes_back_from_bytes()
    {
        var shape = Samples.Shape();

        Samples.ShouldMatch(Serializer.Deserialize<Shape>(Serializer.SerializeToArray(shape)), shape);
    }

    [Fact]
    public void A_member_that_was_added_reads_as_its_default_and_one_that_is_unknown_is_skipped()
    {
        var old = Serializer.SerializeToArray(new PersonVersion1 { Name = "ann", Age = 40, Tags = ["a", "b"] });

        var grown = Serializer.Deserialize<PersonVersion2>(old);

        grown.Name.ShouldBe("ann");
        grown.Street.ShouldBe("unknown");
        grown.Extra.ShouldBe(0);

        var shrunk = Serializer.Deserialize<PersonVersion1>(Serializer.SerializeToArray(new PersonVersion2 { Name = "bob", Street = "x", Extra = 3 }));
        shrunk.Name.ShouldBe("bob");
        shrunk.Age.ShouldBe(0);
        shrunk.Tags.ShouldBeEmpty();
    }

    [Fact]
    public void What_comes_after_an_unknown_member_does_not_depend_on_it()
    {
        var back = Serializer.Deserialize<ShelfVersion2>(Serializer.SerializeToArray(Samples.Shelf()));

        back.First.ShouldBe(new SpecialPart("a", 1, "n"));
        back.Left.ShouldBe(["shared"]);
        back.Right.ShouldBeSameAs(back.Left);
        back.Labels.ShouldBe(["z"]);
    }

    [Fact]
    public void An_object_that_only_an_unknown_member_held_is_missed_with_a_sentence()
    {
        var shelf = Samples.Shelf();
        shelf.Gone = [shelf.Left];

        Should.Throw<SerializerException>(() => Serializer.Deserialize<ShelfVersion2>(Serializer.SerializeToArray(shelf)))
            .Message.ShouldContain("a reference to an object that was not read");
    }

    [Fact]
    public void The_alias_names_the_type()
    {
        var bytes = Serializer.SerializeToArray<object>(new SpecialPart("a", 1, "n"));

        System.Text.Encoding.UTF8.GetString(bytes).ShouldContain("test.SpecialPart");
        Serializer.Deserialize<object>(bytes).ShouldBe(new SpecialPart("a", 1, "n"));
    }

    [Fact]
    public void Cycles_are_stored_as_cycles()
    {
        var node = new RingNode { Name = "a" };
        node.Next = node;

        var back = Serializer.Deserialize<RingNode>(Serializer.SerializeToArray(node));

        back.Next.ShouldBeSameAs(back);
    }

    [Fact]
    public void Damaged_bytes_are_refused_with_a_sentence()
    {
        var bytes = Serializer.SerializeToArray(Samples.Shape());
        var random = new Random(20261120);
        for (var round = 0; round < 2000; round++)
        {
            var damaged = bytes.ToArray();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            var length = random.Next(2) == 0 ? damaged.Length : random.Next(damaged.Length);
            try
            {
                Serializer.Deserialize<Shape>(damaged.AsSpan(0, length).ToArray());
            }
            catch (Exception failure) when (failure is OutOfMemoryException or AccessViolationException or NullReferenceException)
            {
                throw new InvalidOperationException($"Round {round}: {failure.GetType()}", failure);
            }
            catch (Exception)
            {
                // Refused; that it is refused without harm is the point.
            }
        }
    }
}

[GenerateSerializer, Alias("test.Person")]
public sealed class PersonVersion1
{
    [Id(0)]
    public string Name { get; set; } = "";

    [Id(1)]
    public int Age { get; set; }

    [Id(2)]
    public List<string> Tags { get; set; } = [];
}

[GenerateSerializer, Alias("test.Person2")]
public sealed class PersonVersion2
{
    [Id(0)]
    public string Name { get; set; } = "";

    [Id(3)]
    public string Street { get; set; } = "unknown";

    [Id(4)]
    public int Extra { get; set; }
}
