"""What the stand-in questions are made of: rules for words, patterns for the six classes."""

# One entry a rule: the alternatives, "|" between them; {rule} stands for any alternative of that rule. The rules with
# capital letters build names that occur once or twice.
RULES = {
    "place": "city|country|river|island|state|village|mountain|lake|valley|harbor|region|desert|capital|street|park",
    "role": "painter|president|singer|queen|inventor|general|author|explorer|actor|captain|doctor|king|"
    "poet|coach|company|team|teacher|baker|pilot|farmer",
    "roles": "painters|presidents|singers|queens|inventors|authors|actors|captains|doctors|teams|pilots|farmers",
    "thing": "vase|song|boat|lamp|novel|bridge|clock|statue|engine|garden|medal|film|drum|ship|painting|wheel|letter",
    "things": "vases|songs|boats|lamps|novels|bridges|clocks|statues|engines|gardens|medals|films|people|"
    "children|islands|rivers|players|horses|bones|teeth|days|books|cities|actors|kings",
    "kind": "animal|color|food|sport|language|disease|instrument|drink|plant|fish|bird|fruit|game|metal|"
    "currency|religion|product|material|dance|flower|vehicle|spice|tree",
    "substance": "copper|amber|starch|ozone|resin|vinegar|glass|steam|coral|quartz|yeast|chalk|thunder|rust|"
    "mercury|cotton|salt|honey|wax|sulfur|ink|clay|moss|pollen",
    "idea": "gravity|inflation|jazz|irony|erosion|democracy|friction|a rebate|a sonata|a solstice|a tariff|"
    "a comet|a fjord|a mortgage|an estuary|a glacier|a monsoon|a dialect|a truce|a fossil|a virus|"
    "a quorum|an antonym",
    "body": "liver|heart|spine|brain|stomach|knee|skin",
    "did": "sell|paint|build|find|bring|lose|invent|buy|carry|steal|repair|show|name|love|keep|visit|hide",
    "sold": "sold|painted|built|found|brought|lost|invented|bought|carried|stole|repaired|showed|named|loved|kept",
    "adjective": "oldest|largest|smallest|first|most famous|richest|longest|best|last|fastest|deepest|youngest|only",
    "plain": "old|large|small|famous|rich|long|wooden|red|golden|ancient|royal|popular|rare|green",
    "given": "Vera|Otto|Mara|Hugo|Clara|Felix|Ida|Max",
    "NAME": "{SYL1}{SYL2}|{SYL1}{SYL3}{SYL2}|{SYL1}{SYL3}{SYL2}|{SYL1}{SYL3}{SYL3}{SYL2}|{given}|{given}|{given}",
    "SYL1": "Bar|Kel|Mor|Tan|Ros|Fen|Wil|Dar|Hol|Cas|Bren|Sel|Ver|Lan|Gar|Pel|Nor|Ash|Tor|Mal",
    "SYL2": "low|ton|ley|wick|man|field|sen|more|by|dale|ert|ow|ingham|stad|ano|ette|is|ora|berg|neé",
    "SYL3": "a|e|i|o|en|er|is",
    "person": "{NAME} {NAME}|{NAME} {NAME}|{role} {NAME} {NAME}|the {role} {NAME}|{NAME}",
    "PLACE": "{NAME}|New {NAME}|{NAME} {place_cap}|the {NAME} {place}|{NAME} , {NAME}",
    "place_cap": "Island|River|Valley|Park|City|Lake",
    "WORK": "`` {NAME} 's {thing} ''|`` The {plain} {thing} ''|`` {NAME} : The {thing} of {NAME} ''|`` {NAME} ''"
    "`` {NAME} 's {thing} ''|`` The {plain} {thing} ''|`` {NAME} : The {thing} of {NAME} ''|`` {NAME} ''",
    "ABB": "{L}{L}{L}|{L}{L}{L}{L}|{L}.{L}.|{L}{L}",
    "L": "A|B|C|D|F|H|I|K|L|M|N|P|R|S|T|U|V",
    "year": "1{D}{D}{D}|19{D}{D}|18{D}{D}|20{D}{D}",
    "D": "0|1|2|3|4|5|6|7|8|9",
    "when": "in {year}|in {PLACE}|for {person}|during the war|every summer|||||",
    "amount": "height|width|weight|depth|age|speed|cost|price|population|length|area|temperature|size|salary|value",
    "account": "history|origin|meaning|purpose|use|cause|effect|importance|story|function|nature|advantage|theory|plot",
    "by": "by the {role}|with the {thing}|near the {place}|for the {kind}|for its {amount}|for its {account}|",
    "ask": "What|What|What|What|Which",
    "whose": "of {PLACE}|of the {role}|of {person}|in {PLACE}|from {PLACE}|of the {place}|of the {plain} {thing}"
    "of {PLACE}|of the {role}|of {person}|in {PLACE}|from {PLACE}|of the {place}|of the {plain} {thing}",
}

# What each class asks: a label, then its patterns, one a line.
QUESTIONS = """
ABBR:exp
    What does {ABB} stand for ?
    What does {ABB} mean ?
    What does the abbreviation {ABB} stand for ?
    What is {ABB} ?
    What do the letters {ABB} mean in {PLACE} ?
    What is the full form of {ABB} ?
ABBR:abb
    What is the abbreviation of the {place} {PLACE} ?
    What is the abbreviation for {idea} ?
    How is {NAME} {thing} abbreviated ?
    What is the abbreviated name {whose} ?
DESC:def
    What is {idea} ?
    What is {substance} ?
    What is a {NAME} {thing} ?
    What are {things} ?
    What is the {NAME} {kind} ?
    What is {NAME} {substance} ?
    What does `` {NAME} '' mean ?
    What is the meaning of the name {NAME} ?
    What 's a {plain} {thing} ?
    Define {idea} .
DESC:manner
    How do you {did} a {thing} ?
    How does {substance} become {substance} ?
    How do {things} {did} a {place} ?
    How did the {role} {did} the {thing} {when} ?
    How can I {did} {substance} at home ?
    How is {substance} made ?
    How did {person} become a {role} ?
    How does a {thing} work ?
    How was the {place} {sold} ?
DESC:reason
    Why do {things} need {substance} ?
    Why did {person} {did} the {thing} ?
    Why is the {place} {plain} ?
    What caused the {role} to leave the {place} ?
    Why are there so many {things} in {PLACE} ?
    What is the reason that {things} have {substance} ?
    Why is {substance} so {plain} ?
DESC:desc
    What is the {account} of the {thing} in the {place} ?
    What is the {account} of the {role} in the {thing} ?
    What was the {account} of the {kind} {by} ?
    What is the {account} of the {amount} of {things} ?
    What did the {role} in the {place} {did} the {thing} for ?
    What does the {amount} of the {thing} do to the {kind} ?
    How did the {role} {did} so many {things} in the {place} ?
    How does the {place} {did} the {role} {by} ?
    What is the difference between {substance} and {substance} ?
    What is the history {whose} ?
    What happened to the {role} {whose} {when} ?
    What is the {thing} {whose} used for ?
    What do {things} do with {substance} ?
    Where does the word `` {NAME} '' come from ?
    What effect does {substance} have on the {body} ?
    What is the {kind} {whose} like ?
ENTY:other
    {ask} {thing} did the {role} {did} in the {place} ?
    {ask} {thing} did the {place} {did} for the {role} ?
    {ask} {thing} in the {place} was {sold} by the {role} ?
    {ask} {thing} of the {role} shows the {account} of the {place} ?
    What is the name of the {thing} of the {role} in the {place} ?
    {ask} {kind} has the {amount} of a {thing} ?
    What was the {thing} in the {place} of the {role} ?
    {ask} {thing} did {person} {did} {by} ?
    What {kind} do {things} {did} {by} ?
    {ask} {thing} did {person} {did} {when} ?
    {ask} {thing} did the {role} from the {place} {did} ?
    What did the {role} {did} {when} ?
    What is the {adjective} {thing} in {PLACE} ?
    What {things} does {person} {did} ?
    {ask} {thing} was {sold} by the {role} {whose} ?
    Name a {thing} {sold} by {person} .
    What did {person} {did} ?
    What {thing} was the {place} {PLACE} named after ?
    What does a {role} {did} in the {place} ?
ENTY:animal
    {ask} {kind} has the {adjective} {body} ?
    {ask} {kind} did {person} {did} {when} ?
    Name the {adjective} {kind} .
    {ask} {kind} comes from {PLACE} ?
    What is the {adjective} {kind} {whose} ?
    {ask} {kind} is made of {substance} ?
    What kind of {kind} is a {NAME} ?
    What type of {kind} is {sold} in {PLACE} ?
    What {kind} is the {thing} {whose} ?
    What is the {kind} of the {place} ?
    What is the {adjective} {kind} ?
    What is {person} 's favorite {kind} ?
ENTY:cremat
    What {thing} is {person} known for ?
    What is the title of the {thing} about the {role} {whose} ?
    What film is {WORK} based on ?
    What was the name of the {thing} that {person} {sold} ?
    What novel did {person} write ?
ENTY:substance
    What is the {thing} {whose} made of ?
    What do {things} eat ?
    What is another word for {substance} ?
    What is a {NAME} made from ?
    What disease makes the {body} {plain} ?
    What is the {adjective} cure for {idea} ?
HUM:ind
    {ask} {role} {sold} the {thing} in the {place} ?
    {ask} {role} did the {place} {did} for the {thing} ?
    {ask} {role} of the {place} was {sold} by the {thing} ?
    {ask} {role} wrote about the {account} of the {thing} ?
    {ask} {role} knows the {amount} of the {place} ?
    What is the name of the {role} in the {place} of the {thing} ?
    What was the {role} of the {place} with the {thing} ?
    {ask} {role} did {person} {did} {by} ?
    What two {roles} {sold} {things} {by} ?
    Who {sold} the {thing} {whose} ?
    Who is the {role} {whose} ?
    Who was {person} ?
    Who was the {adjective} {role} ?
    Who {sold} {idea} ?
    Who was {NAME} 's {adjective} {role} ?
    Who wrote {WORK} ?
    Who played the {role} in {WORK} ?
    {ask} {role} {sold} the {thing} {when} ?
    {ask} {role} {sold} the {kind} from {PLACE} ?
    Name the {role} {whose} .
    {ask} {role} lives in the {place} with the {plain} {kind} ?
    {ask} {role} was the {place} named after ?
    {ask} {plain} {role} {sold} {things} in the {place} {PLACE} ?
    What is the name of the {role} {whose} ?
    What was the name of the {adjective} {role} {whose} ?
    Who is the {adjective} {role} in {PLACE} ?
    What {NAME} {role} was called `` The {plain} {kind} '' ?
    What is the {role} {whose} called ?
HUM:gr
    What {NAME} company sells {things} ?
    What team won the {thing} {when} ?
    Who {sold} {PLACE} {when} ?
    What is the {adjective} company in {PLACE} ?
    {ask} company makes the {kind} `` {NAME} '' ?
    Who makes {things} ?
HUM:title
    What was {person} 's title {when} ?
    What is the profession of {person} ?
HUM:desc
    Who was {NAME} {NAME} {when} ?
    What is {person} famous for being ?
LOC:other
    Where is {PLACE} ?
    Where is the {adjective} {thing} ?
    Where did {person} {did} the {thing} ?
    Where do {things} come from ?
    Where can I {did} {substance} ?
    Where was the {role} born ?
    What is the {adjective} {place} ?
    What is the {adjective} {place} in {PLACE} ?
    Where is the {thing} {whose} ?
    What {place} flows through {PLACE} ?
    {ask} {place} is {sold} by the {role} ?
    Where does {substance} come from ?
LOC:city
    {ask} {place} did the {role} {did} the {thing} in ?
    {ask} {place} did the {role} of the {thing} {did} ?
    {ask} {place} was {sold} by the {role} in the {thing} ?
    {ask} {place} has the {account} of the {thing} ?
    {ask} {place} has the {amount} of a {place} ?
    What is the name of the {place} of the {role} in the {thing} ?
    What was the {place} of the {role} with the {thing} ?
    {ask} {place} did {person} {did} {by} ?
    What {plain} {place} {sold} {things} {by} ?
    {ask} {place} did the {role} {did} the {thing} in ?
    {ask} {place} is known for the {kind} ?
    {ask} {place} is home to the {role} {NAME} ?
    What is the capital of {PLACE} ?
    Name the {place} near {PLACE} .
    {ask} {place} has the {adjective} {thing} ?
    What {plain} {place} was {sold} {when} ?
    {ask} {place} was the {role} named after ?
    What 's the name of the {place} where {person} {sold} the {thing} ?
LOC:country
    What country did the {kind} `` {NAME} '' come from ?
    {ask} country is the {adjective} ?
    What country has the {adjective} {things} ?
    {ask} two countries does the {place} {PLACE} divide ?
NUM:count
    How many {things} are in {PLACE} ?
    How many {things} did {person} {did} {when} ?
    How many {things} has a {kind} ?
    How many {things} does the {role} have ?
    What is the population of {PLACE} ?
    How many {things} does it take to {did} a {thing} ?
    What is the number of {things} {whose} ?
NUM:date
    When was {person} born ?
    When did the {role} {did} the {thing} ?
    What year did {person} {did} {PLACE} ?
    In what year was the {thing} {sold} ?
    When was the {adjective} {thing} {sold} ?
    What is the date of the {thing} {whose} ?
    What day did the {role} {did} the {place} ?
NUM:money
    How much does a {thing} cost ?
    How much did {person} pay for the {thing} ?
    What does a {thing} cost in {PLACE} ?
    What is the price of {substance} in {PLACE} ?
NUM:period
    How long did the {role} {did} {PLACE} ?
    How old was {person} when the {thing} was {sold} ?
    How long does {substance} last ?
    What is the average age of a {role} ?
    How long do {things} live ?
NUM:dist
    What is the {amount} of the {thing} in the {place} ?
    What is the {amount} of the {role} in the {thing} ?
    What was the {amount} of the {kind} {by} ?
    What was the {amount} {whose} {when} ?
    What {amount} does a {thing} have {by} ?
    How many {roles} {did} the {thing} in the {place} ?
    How far is {PLACE} from {PLACE} ?
    How tall is the {adjective} {thing} ?
    How deep is the {place} {PLACE} ?
    What is the height of the {adjective} {place} ?
    How fast can a {kind} run ?
    What is the speed of the {adjective} {kind} ?
    What is the temperature of the {place} ?
    What is the {role} 's telephone number ?
"""
