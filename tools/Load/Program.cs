using VoiceOrdering.Load;
using VoiceOrdering.Load.Orders;

// The simulation starts this program again as the process that it kills: the product with so many restaurants.
return args is [.. var product, ChainProcess.Word, var restaurants]
    ? await ChainProcess.RunAsync(product, int.Parse(restaurants, null))
    : await LoadCommand.RunAsync(args);
