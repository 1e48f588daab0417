namespace VoiceOrdering.Realtime.Simulator.Tests.Agent;

/// <summary>Two menus in the form the product writes them; the tests' own, so that nothing can be keyed to the demo restaurants.</summary>
internal static class SampleMenus
{
    private const string BurgerToppings =
        "group toppings \"Toppings\" 0..6: lettuce=Lettuce*, tomato=Tomato*, onions=Onions*, pickles=Pickles*, bacon=Bacon +1.50, jalapenos=Jalapeños +0.60";

    private const string Cheese = "group cheese \"Cheese\" 0..1: american=American Cheese +0.50, swiss=Swiss Cheese +0.75";
    private const string Drink = "group drink \"Drink\" 1..1: cola=Cola, lemonade=Lemonade, iced-tea=Iced Tea, root-beer=Root Beer";
    private const string Drinks = "sizes: small=Small 1.79, medium*=Medium 2.19, large=Large 2.59";

    public const string Grill = $"""
        You take orders for the Copper Kettle Grill.
        <facts>
        restaurant: Copper Kettle Grill
        language: en
        greeting: Welcome to the Copper Kettle Grill! What can I get you?
        </facts>
        <menu version="3" currency="USD">
        ## Burgers
        - classic-burger | Classic Burger | also: plain burger, original burger | sizes: single=Single 7.49, double=Double 9.49 | {Cheese} | {BurgerToppings}
        - mushroom-burger | Mushroom Burger | 8.99 | {Cheese} | {BurgerToppings}
        - veggie-burger | Garden Veggie Burger | also: vegetarian burger | 8.49 | {BurgerToppings}
        - fire-burger | Fire Burger | also: spicy burger | 9.29 | {Cheese} | {BurgerToppings}
        ## Chicken
        - chicken-sandwich | Crispy Chicken Sandwich | 7.99 | {BurgerToppings}
        - tenders | Chicken Tenders | sizes: three=Three Piece 5.99, five=Five Piece 8.49 | group sauce "Sauce" 0..2: ranch=Ranch, honey-mustard=Honey Mustard, barbecue=Barbecue Sauce
        - wings | Buffalo Wings | also: hot wings | sizes: six=Six Piece 7.49, twelve=Twelve Piece 12.99 | group sauce "Sauce" 0..2: ranch=Ranch, blue-cheese=Blue Cheese
        ## Sides
        - fries | French Fries | also: fries, chips | sizes: small=Small 2.49, large=Large 3.49
        - onion-rings | Onion Rings | 3.99
        - slaw | Coleslaw | 1.99
        - corn | Corn on the Cob | 2.79
        - salad | Side Salad | 4.49 | group dressing "Dressing" 1..1: ranch=Ranch, italian=Italian, caesar=Caesar
        ## Drinks
        - cola | Cola | also: coke | {Drinks}
        - lemonade | Lemonade | {Drinks}
        - iced-tea | Iced Tea | {Drinks}
        - root-beer | Root Beer | {Drinks}
        - water | Bottled Water | also: water | 1.50
        - milkshake | Milkshake | also: shake | 4.99 | group flavor "Flavor" 1..1: vanilla=Vanilla, chocolate=Chocolate, strawberry=Strawberry
        ## Meals
        - classic-meal | Classic Meal | also: burger meal | 11.99 | {Drink} | group side "Side" 1..1: fries=Fries, onion-rings=Onion Rings +0.50
        - chicken-meal | Chicken Meal | 12.49 | {Drink}
        ## Desserts
        - brownie | Fudge Brownie | 3.29
        - pie | Apple Pie | 2.99
        - sundae | Ice Cream Sundae | 3.79 | unavailable
        </menu>
        """;

    private const string PizzaToppings =
        "group toppings \"Toppings\" 0..8: extra-cheese=Extra Cheese +1.00, mushrooms=Mushrooms +1.25, peppers=Green Peppers +1.25, olives=Black Olives +1.25, red-onions=Red Onions +1.00, sausage=Italian Sausage +1.75, anchovies=Anchovies +1.50";

    private const string PizzaSizes = "sizes: small=Small 10.50, medium=Medium 13.50, large=Large 16.50";

    public const string Trattoria = $"""
        <facts>
        restaurant: Trattoria Lucia
        language: en
        greeting: Buona sera, this is Trattoria Lucia. What would you like?
        </facts>
        <menu version="12" currency="EUR">
        ## Pizza
        - margherita | Margherita Pizza | also: cheese pizza | {PizzaSizes} | {PizzaToppings}
        - pepperoni | Pepperoni Pizza | {PizzaSizes} | {PizzaToppings}
        - hawaiian | Hawaiian Pizza | also: pineapple pizza | {PizzaSizes} | {PizzaToppings}
        - four-seasons | Four Seasons Pizza | {PizzaSizes} | {PizzaToppings}
        ## Pasta
        - carbonara | Spaghetti Carbonara | 12.90
        - lasagna | Lasagna | also: lasagne | 13.50
        - penne | Penne Arrabbiata | 11.90 | group heat "Heat" 0..1: mild=Mild, hot=Extra Hot
        ## Starters
        - garlic-bread | Garlic Bread | 4.50 | group extras "Extras" 0..1: mozzarella=Mozzarella +1.00
        - bruschetta | Bruschetta | 5.90
        - minestrone | Minestrone Soup | also: soup | 5.50
        ## Drinks
        - mineral-water | Mineral Water | sizes: still=Still 2.50, sparkling=Sparkling 2.50
        - espresso | Espresso | sizes: single=Single 2.20, double=Double 3.20
        - orange-juice | Orange Juice | 3.50
        ## Desserts
        - tiramisu | Tiramisù | 5.90
        - panna-cotta | Panna Cotta | 5.50 | group topping "Topping" 0..1: berry=Berry Sauce, caramel=Caramel
        </menu>
        """;
}
