"""How things are called: vocabulary, ontology, records, datatypes, formats and IRIs."""
