using VoiceOrdering.Bench.Matching;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Tests.Restaurants.Matching;

/// <summary>The reader of <c>./vo bench match --data</c>, on a soup stall and a kiosk that were made up for it.</summary>
public sealed class OrderFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vo-orders-").FullName;

    public OrderFolderTests()
    {
        Write("stall/schema.json", """
            {"intents": [
              {"name": "SOUP_ORDER", "entityNames": ["soup"], "slots": [{"slotName": "SOUP_TYPE", "path": "alias/soups.txt"}, {"slotName": "SIZE", "path": "alias/sizes.txt"},
                {"slotName": "GARNISH", "path": "alias/garnishes.txt"}, {"slotName": "NUMBER", "path": "alias/numbers.txt"}]},
              {"name": "ROLL_ORDER", "entityNames": ["roll", "rolls"], "slots": [{"slotName": "GARNISH", "path": "alias/garnishes.txt"}]}]}
            """);
        Write("stall/alias/soups.txt", "leek soup\tSOUP_TYPE(leek)\nbarley broth\tSOUP_TYPE(barley)\n\n");
        Write("stall/alias/sizes.txt", "small\tSIZE(small)\nhuge\tSIZE(huge)");
        Write("stall/alias/garnishes.txt", "chives\tGARNISH(chives)\ndill\t GARNISH(dill)\ntwo dumplings\tGARNISH(DUMPLING(2))");
        Write("stall/alias/numbers.txt", "two\tnumber(2)");
        Write("stall/dev.json", """
            {"SRC": "two huge leek soups with chives but no dill", "EXR": "(SOUP_ORDER (NUMBER 2 ) (SIZE huge ) (SOUP_TYPE leek ) (NOT (GARNISH dill ) ) (GARNISH chives ) )"}
            {"SRC": "a roll with extra dill and a barley broth with two dumplings", "EXR": "(SOUP_ORDER (SOUP_TYPE barley ) (GARNISH (DUMPLING 2 ) ) ) (ROLL_ORDER (NUMBER 1 ) (COMPLEX (QUANTITY extra ) (GARNISH dill ) ) )"}
            """);
        Write("kiosk/catalogs/juice.txt", "plum juice\tjuiceType(PLUM)");
        Write("kiosk/catalogs/volume.txt", "half litre\tvolume(500,ML)");
        Write("kiosk/KIOSK_dev.json", """{"dev.SRC": "a half litre plum juice", "dev.EXR": "(ORDER (JUICEORDER (JUICETYPE PLUM ) (NUMBER 1 ) (VOLUME 500 ML ) ) )"}""");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_becomes_menus_and_the_matcher_is_scored_on_its_sentences()
    {
        var sets = OrderFolder.Read(_folder);
        sets.Select(set => $"{set.Name} {set.Sentences.Count}").ShouldBe(["kiosk 1", "stall 2"]);
        foreach (var set in sets)
        {
            var score = Score(set);
            (score.Exact, score.ItemRecall, score.Quantity, score.Negation, score.FalseAccepts(0.75), score.SuggestionRecall).ShouldBe((100, 100, 100, 100, 0, 100), set.Name);
        }
    }

    [Fact]
    public void The_menu_has_items_for_kinds_templates_for_intents_without_and_sizes_and_groups()
    {
        var menu = CatalogueMenu.From(OrderFolder.Read(Path.Combine(_folder, "stall")).Single()).Menu;
        menu.Categories.Select(category => string.Join(", ", category.Items.Select(item => item.Name))).ShouldBe(["leek soup, barley broth", "roll"]);
        menu.Categories[0].Items[0].Sizes.Select(size => size.Name).ShouldBe(["small", "huge"]);
        menu.Categories[1].Items[0].Groups.ShouldHaveSingleItem().Options.Select(option => option.Name).ShouldBe(["chives", "dill", "two dumplings"]);
    }

    [Fact]
    public void Wrong_lines_cost_exactly_what_they_get_wrong()
    {
        var truth = OrderTree.Read("(A (NUMBER 2 ) (KIND x ) (NOT (T y ) ) ) (A (KIND z ) )").Select(order => (order, order.Find("KIND")!.Children[0].Label)).ToList();
        var score = new MatchScore();
        var wrong = OrderTree.Read("(A (NUMBER 1 ) (KIND x ) ) (B (KIND w ) )");
        score.Add(truth, [new UnderstoodLine(wrong[0], "x", 0.9), new UnderstoodLine(wrong[1], "w", 0.6)], new HashSet<string> { "z" }, 0.75).ShouldBeFalse();
        (score.Exact, score.ItemRecall, score.AcceptedRecall, score.Quantity, score.Negation).ShouldBe((0, 50, 50, 0, 0));
        (score.FalseAccepts(0.75), score.FalseAccepts(0.5), score.FlawedAccepts(0.75), score.SuggestionRecall, score.Missed).ShouldBe((0, 50, 100, 100, 1));
    }

    [Theory]
    [InlineData("(A (B c ) (D 1 ) )", "(A (D 1 ) (B c ) )", true)]
    [InlineData("(A (B c ) )", "(A (B c ) (NUMBER 1 ) )", true)]
    [InlineData("(A (COMPLEX_T (Q extra ) (T x ) ) )", "(A (COMPLEX (T X ) (Q EXTRA ) ) )", true)]
    [InlineData("(A (B c ) (NUMBER 2 ) )", "(A (B c ) )", false)]
    [InlineData("(A (NOT (B c ) ) )", "(A (B c ) )", false)]
    public void Trees_are_compared_without_order(string left, string right, bool same) =>
        (OrderTree.Read(left)[0].Canonical() == OrderTree.Read(right)[0].Canonical()).ShouldBe(same);

    [Theory]
    [InlineData("stall/schema.json", "{\n nonsense", "schema.json' is not the JSON of a schema (line 2).")]
    [InlineData("stall/schema.json", "{}", "names no intents.")]
    [InlineData("stall/alias/soups.txt", "leek soup\tSOUP_TYPE(leek)\nno tab here", "soups.txt:2: the line is not a phrase, a tab and SLOT(value).")]
    [InlineData("stall/alias/soups.txt", null, "soups.txt' is missing.")]
    [InlineData("stall/dev.json", "{\"SRC\": \"x\"}", "dev.json:1: the line has no SRC or no EXR.")]
    [InlineData("stall/dev.json", "[1", "dev.json:1: the line is not one JSON object.")]
    [InlineData("stall/dev.json", "{\"SRC\": \"x\", \"EXR\": \"(A (B c )\"}", "dev.json:1: the EXR cannot be read, a bracket is never closed.")]
    [InlineData("stall/dev.json", "{\"SRC\": \"x\", \"EXR\": \"(A ) )\"}", "a bracket is closed that was never opened.")]
    [InlineData("stall/dev.json", "", "has no sentences.")]
    [InlineData("stall/dev.json", null, "a file such as dev.json is missing.")]
    [InlineData("kiosk/catalogs", null, "has no catalogue (*.txt).")]
    public void Every_fault_of_a_folder_is_one_sentence(string path, string? content, string expected)
    {
        if (content is not null) Write(path, content);
        else if (File.Exists(Path.Combine(_folder, path))) File.Delete(Path.Combine(_folder, path));
        else foreach (var file in Directory.GetFiles(Path.Combine(_folder, path))) File.Delete(file);
        Should.Throw<OrderDataException>(() => OrderFolder.Read(_folder)).Message.ShouldEndWith(expected);
    }

    [Fact]
    public void A_folder_that_is_missing_or_empty_is_named()
    {
        Should.Throw<OrderDataException>(() => OrderFolder.Read(Path.Combine(_folder, "nowhere"))).Message.ShouldContain("there is no folder");
        Should.Throw<OrderDataException>(() => OrderFolder.Read(Path.Combine(_folder, "stall", "alias"))).Message.ShouldContain("has no folder with a schema.json or catalogs/");
    }

    private static MatchScore Score(OrderData set)
    {
        var menu = CatalogueMenu.From(set);
        var index = MenuIndex.Build(new MenuSnapshot(1, menu.Menu));
        var score = new MatchScore();
        foreach (var sentence in set.Sentences)
        {
            var lines = index.Parse(sentence.Text, MatchThresholds.Accept).Lines.Select(line => new UnderstoodLine(menu.TreeOf(line), menu.ItemOf(line.ItemId), line.Confidence)).ToList();
            score.Add([.. sentence.Orders.Select(order => (order, menu.ItemOf(order)))], lines, new HashSet<string>(), MatchThresholds.Accept).ShouldBeTrue($"{sentence.Text}: {string.Join(' ', lines.Select(line => line.Order.Canonical()))}");
        }
        return score;
    }

    private void Write(string path, string content)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }
}
